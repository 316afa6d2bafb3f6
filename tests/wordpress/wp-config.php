<?php
// A site for one run of the tests, see tests/wordpress.rs.

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('WORDPRESS_SOCKET'));
define('WP_HOME', getenv('WORDPRESS_ADDRESS'));
define('WP_SITEURL', WP_HOME);

// Nobody may post raw HTML, not even an editor or an administrator.
define('DISALLOW_UNFILTERED_HTML', true);

// WordPress makes no requests by itself.
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $scheme) {
    define("{$scheme}_KEY", "a key for $scheme");
    define("{$scheme}_SALT", "a salt for $scheme");
}

$table_prefix = 'wp_';
define('ABSPATH', __DIR__ . '/');
require ABSPATH . 'wp-settings.php';
