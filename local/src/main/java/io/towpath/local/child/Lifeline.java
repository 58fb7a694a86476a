package io.towpath.local.child;

import java.io.IOException;

/** Ends this JVM, without shutdown hooks, as soon as the other end of standard input is gone. */
final class Lifeline {

    private Lifeline() {}

    static void hold() {
        Thread watch = new Thread(Lifeline::haltAtEnd, "lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltAtEnd() {
        try {
            while (System.in.read() >= 0) {
                // whatever the supervisor says after the start is of no interest
            }
        } catch (IOException gone) {
            // the same as the end of the stream
        }
        Runtime.getRuntime().halt(143);
    }
}
