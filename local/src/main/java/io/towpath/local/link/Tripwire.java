package io.towpath.local.link;

import java.util.function.Consumer;

/** What happens, once, to the connection on which a text comes along; before the text is passed on. */
record Tripwire(String text, Consumer<Connection> action) {}
