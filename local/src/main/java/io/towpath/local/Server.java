package io.towpath.local;

import java.nio.file.Path;

/**
 * One server process. Its port and its data outlive {@link #kill} and {@link #stop}: {@link #start} brings the same
 * server back. All methods may be called from any thread.
 */
public interface Server {

    /** Unique in its stack; also the name of its log file. */
    String name();

    /** The one file that takes everything the server says, over all its lives. */
    Path log();

    /** Process id of the present or last life. @throws IllegalStateException if it was never started */
    long pid();

    boolean alive();

    /** Starts the process and returns at once. @throws IllegalStateException if it is alive or the stack is closed */
    void start();

    /** Asks the server to end, waits, and falls back to SIGKILL, with a warning, if it takes too long. */
    void stop();

    /** SIGKILL to the server and all processes that it started; returns when they are gone. */
    void kill();

    /** SIGSTOP: the server keeps its connections and answers nothing. */
    void pause();

    /** SIGCONT after {@link #pause}. */
    void resume();

    /** Waits until the server serves. @throws StartFailure if it ends or takes too long; it is killed then */
    void awaitReady();
}
