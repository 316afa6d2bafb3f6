import { mount } from 'svelte';

import Host from './Host.svelte';

const app = document.querySelector('#app');
mount(Host, { target: app, props: { cdn: app.dataset.cdn } });
