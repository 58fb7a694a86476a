package io.towpath.jdbc.validate;

/** What is wrong, and the key to change. */
record Finding(String key, String message) {}
