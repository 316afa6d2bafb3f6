import { useState } from 'react';
import { createRoot } from 'react-dom/client';

import OWN_ISSUE from '../own-issue.json';

function Host({ cdn }) {
  const [shown, setShown] = useState(true);
  const [issue, setIssue] = useState(null);
  const [open, setOpen] = useState('first');
  const [theme, setTheme] = useState('light');
  const [clicks, setClicks] = useState(0);
  const [events, setEvents] = useState({});
  const record = (name, text) => setEvents((events) => ({ ...events, [name]: text }));
  const follow = (event) => {
    event.preventDefault();
    record('linked', event.detail.href);
  };

  return (
    <main>
      <h1>This week in the alliance, by React</h1>
      <p>
        <button id="dark" onClick={() => setTheme('dark')}>Dark</button>{' '}
        <button id="all" onClick={() => setOpen('all')}>All</button>{' '}
        <button id="own" onClick={() => setIssue(OWN_ISSUE)}>Own issue</button>{' '}
        <button id="back" onClick={() => setIssue(null)}>Back</button>{' '}
        <button id="shown" onClick={() => setShown(!shown)}>Hide and show</button>
      </p>
      <dl>
        <dt>Loaded</dt><dd id="loaded">{events.loaded}</dd>
        <dt>Toggled</dt><dd id="toggled">{events.toggled}</dd>
        <dt>Linked</dt><dd id="linked">{events.linked}</dd>
        <dt>Clicks around it</dt><dd id="clicks">{clicks}</dd>
      </dl>
      <section onClick={() => setClicks(clicks + 1)}>
        {shown && (
          <digest-widget
            src={`${cdn}/issues/us-japan-alliance-digest-1.5/issue.json`}
            issue={issue}
            open={open}
            theme={theme}
            heading-level="3"
            ondigest-load={(event) => record('loaded', event.detail.id)}
            ondigest-toggle={(event) => record('toggled', `${event.detail.id} ${event.detail.open}`)}
            ondigest-link={follow}
          >
            <a href="https://publisher.example/">US-Japan Alliance Digest, Vol 1.5</a>
          </digest-widget>
        )}
      </section>
    </main>
  );
}

const app = document.querySelector('#app');
createRoot(app).render(<Host cdn={app.dataset.cdn} />);
