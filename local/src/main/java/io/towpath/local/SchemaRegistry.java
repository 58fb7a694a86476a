package io.towpath.local;

import java.net.URI;

/** An Apicurio schema registry. It keeps its schemas in memory: they end with the process. */
public interface SchemaRegistry extends Server {

    /** What {@code apicurio.registry.url} of its converters wants. */
    URI url();
}
