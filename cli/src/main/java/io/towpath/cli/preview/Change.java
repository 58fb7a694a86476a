package io.towpath.cli.preview;

import io.towpath.activity.Activity;
import java.util.List;

/**
 * One change of a database, and what it would become.
 *
 * @param database its name in the connector's config
 * @param what e.g. {@code insert public.orders} or {@code message page-view}; never a value
 * @param position in the log
 * @param activities as they would leave, pseudonyms and all
 * @param mistake why a rule cannot read the change, which would fail the connector; null if all can
 */
public record Change(String database, String what, long position, List<Activity> activities, String mistake) {}
