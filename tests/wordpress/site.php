<?php
// The site owner's set-up, for all posts.

// The one script tag. Each case has its own CDN, whose address is in the page's address.
add_action('wp_head', function () {
    if (isset($_GET['cdn'])) {
        printf('<script type="module" src="%s/digest-site.js"></script>', esc_url($_GET['cdn']));
    }
});

// Authors get the classic editor, as with the plugin of that name.
add_filter('use_block_editor_for_post', function ($blocks) {
    return $blocks && !in_array('author', wp_get_current_user()->roles, true);
});

// The login form's script would move the focus during typing.
add_filter('enable_login_autofocus', '__return_false');

// While the classic editor saves a draft, its button to publish does nothing.
add_action('admin_enqueue_scripts', function () {
    wp_deregister_script('autosave');
});

// WordPress makes no request to its own machine, where the CDN of a case is, unless these filters allow it.
add_filter('http_request_host_is_external', function ($external, $host) {
    return $external || $host === 'localhost';
}, 10, 2);
add_filter('http_allowed_safe_ports', function ($ports, $host, $url) {
    return $host === 'localhost' ? [...$ports, parse_url($url, PHP_URL_PORT)] : $ports;
}, 10, 3);
