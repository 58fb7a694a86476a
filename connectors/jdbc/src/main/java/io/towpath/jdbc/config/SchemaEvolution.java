package io.towpath.jdbc.config;

/** What the sink may do to a table whose columns do not fit the records. */
public enum SchemaEvolution {
    /** Nothing: the table is as it is; a column that it lacks stops the task. */
    NONE,
    /** Create the table, add nullable columns. */
    EVOLVE
}
