package io.towpath.capture.consent;

/** Whether an activity may leave; {@code basis} is the statement that says so, null where none does. */
record Decision(Reason reason, Statement basis) {}
