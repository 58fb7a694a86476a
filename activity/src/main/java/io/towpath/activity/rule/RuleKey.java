package io.towpath.activity.rule;

import org.apache.kafka.common.config.ConfigDef;

/**
 * A key of one rule, below {@code rules.<name>.}: what the generated reference prints.
 *
 * @param suffix e.g. {@code actor.id}
 * @param type STRING or LIST
 * @param fallback what holds when the key is absent, in words; null when it is required
 * @param doc one or two sentences
 */
public record RuleKey(String suffix, ConfigDef.Type type, String fallback, String doc) {}
