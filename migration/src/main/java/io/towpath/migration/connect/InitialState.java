package io.towpath.migration.connect;

/** The state that a new connector starts in (KIP-980). */
public enum InitialState {
    RUNNING,
    PAUSED,
    STOPPED
}
