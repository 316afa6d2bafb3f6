import 'digest-widget/define';
