package io.towpath.local.child;

import java.util.Arrays;

/** {@code WatchedMain CLASS ARGS…}: runs another program's main, and ends with its supervisor. */
public final class WatchedMain {

    private WatchedMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Lifeline.hold();
        call(args[0], Arrays.copyOfRange(args, 1, args.length));
    }

    static void call(String mainClass, String... args) throws ReflectiveOperationException {
        Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
