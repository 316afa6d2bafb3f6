import { createApp } from 'vue';

import Host from './Host.vue';

createApp(Host, { cdn: document.querySelector('#app').dataset.cdn }).mount('#app');
