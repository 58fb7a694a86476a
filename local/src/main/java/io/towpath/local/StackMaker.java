package io.towpath.local;

import java.nio.file.Path;

/** Makes stacks of one kind; found through {@link java.util.ServiceLoader} by {@link Stack#open}. */
public interface StackMaker {

    /** What {@code towpath.stack} says to choose it. */
    String name();

    /** As {@link Stack#embedded(Path, Tuning)}. */
    Stack open(Path directory, Tuning tuning);
}
