package io.towpath.capture.consent;

import java.time.Instant;

/**
 * One word of one actor.
 *
 * @param position of the log behind the transaction that said it; holds for all that is committed from there on
 * @param changedAt when, by the consent table's own column; in milliseconds; null where it does not say
 */
record Statement(long position, Verdict verdict, Instant changedAt) {}
