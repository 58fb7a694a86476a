package io.towpath.local.containers;

import io.towpath.local.Stack;
import io.towpath.local.StackMaker;
import io.towpath.local.Tuning;
import java.nio.file.Path;

/** Makes stacks of containers for {@code -Dtowpath.stack=containers}. */
public final class ContainerStacks implements StackMaker {

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public Stack open(Path directory, Tuning tuning) {
        return new ContainerStack(directory, tuning);
    }
}
