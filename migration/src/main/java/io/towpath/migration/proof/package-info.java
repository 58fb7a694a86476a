/**
 * The proof: two copies of a partition compared record by record, in order. Plain values and algorithms; the clusters are
 * read by {@code proof.read}.
 */
package io.towpath.migration.proof;
