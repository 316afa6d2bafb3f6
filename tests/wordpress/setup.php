<?php
// Installs WordPress into an empty database, with an editor and an author.

$database = new mysqli('localhost', 'root', '', '', 0, getenv('WORDPRESS_SOCKET'));
$database->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');

// Tables may be missing as long as this is set.
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

if (!wp_get_theme(WP_DEFAULT_THEME)->exists()) {
    fwrite(STDERR, 'WordPress has no theme: install Debian\'s wordpress-theme-' . WP_DEFAULT_THEME . "\n");
    exit(1);
}

wp_install('The Alliance Review', 'owner', 'owner@embedder.example', true, '', 'owner');
// Avatars would come from another host.
update_option('show_avatars', 0);

foreach (['editor', 'author'] as $role) {
    wp_insert_user([
        'user_login' => $role,
        'user_pass' => $role,
        'user_email' => "$role@embedder.example",
        'role' => $role,
        // The author writes HTML in the classic editor, see site.php.
        'rich_editing' => $role === 'author' ? 'false' : 'true',
    ]);
}
