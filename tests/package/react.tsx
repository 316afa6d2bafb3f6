import type { Issue } from 'digest-widget';
import type {} from 'digest-widget/react';

export function Page({ issue }: { issue: Issue | null }) {
  return (
    <main>
      <digest-widget
        src="issue.json"
        issue={issue}
        open="first"
        theme="light"
        heading-level="3"
        headingLevel={3}
        lang="ja"
        className="digest"
        ref={(element) => element?.openAll()}
        ondigest-link={(event) => event.detail.href}
      >
        <a href="https://publisher.example/">US-Japan Alliance Digest, Vol 1.5</a>
      </digest-widget>
      {/* @ts-expect-error: there is no such theme. */}
      <digest-widget src="issue.json" theme="blue" />
      {/* @ts-expect-error: there is no such option. */}
      <digest-widget src="issue.json" size="large" />
    </main>
  );
}
