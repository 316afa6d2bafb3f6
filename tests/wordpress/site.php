<?php
// What the owner of the site has set up, once for all posts.

// The one script tag. Each case has a CDN of its own, which it names in the address of the page.
add_action('wp_head', function () {
    if (isset($_GET['cdn'])) {
        printf('<script type="module" src="%s/digest-site.js"></script>', esc_url($_GET['cdn']));
    }
});

// Authors have the classic editor, as with the plugin of that name.
add_filter('use_block_editor_for_post', function ($blocks) {
    return $blocks && !in_array('author', wp_get_current_user()->roles, true);
});

// The script of the login form would move the focus while a name is typed.
add_filter('enable_login_autofocus', '__return_false');

// While the classic editor keeps a draft in passing, a press on its button to publish does nothing.
add_action('admin_enqueue_scripts', function () {
    wp_deregister_script('autosave');
});

// WordPress asks nothing of its own machine, where the CDN of a case is, unless it is told to.
add_filter('http_request_host_is_external', function ($external, $host) {
    return $external || $host === 'localhost';
}, 10, 2);
add_filter('http_allowed_safe_ports', function ($ports, $host, $url) {
    return $host === 'localhost' ? [...$ports, parse_url($url, PHP_URL_PORT)] : $ports;
}, 10, 3);
