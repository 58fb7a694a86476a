/** The migration job: plan, mirror and prove a move from one Kafka cluster to another. */
package io.towpath.migration;
