export default {
  base: './',
  build: { rolldownOptions: { input: ['index.html', 'class.html'] } },
};
