package io.towpath.jdbc.config;

/** What the sink does about a table whose columns do not fit the records. */
public enum SchemaEvolution {
    /** Nothing: the table is as it is; a column that it lacks stops the task. */
    NONE,
    /** Nothing, but a missing or too narrow column stops the task before the first record that wants it. */
    VALIDATE,
    /** As validate, and the task's trace holds the SQL that evolve would run. */
    PLAN,
    /** Create the table, add nullable columns, widen columns. */
    EVOLVE
}
