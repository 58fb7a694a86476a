package io.towpath.activity;

import io.towpath.activity.value.IsoInstant;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;

/** An activity's attributes as headers: CloudEvents 1.0, Kafka protocol binding, binary mode. */
public final class CloudEvents {

    public static final String PREFIX = "ce_";

    private static final String SPECVERSION = PREFIX + "specversion";
    private static final String ID = PREFIX + "id";
    private static final String SOURCE = PREFIX + "source";
    private static final String TYPE = PREFIX + "type";
    private static final String TIME = PREFIX + "time";
    private static final String SUBJECT = PREFIX + "subject";
    private static final String PARTITION_KEY = PREFIX + "partitionkey";

    private static final String UNRESERVED = "-._~!$&'()*+,;=:@";

    private CloudEvents() {}

    /**
     * Adds {@code ce_specversion, ce_id, ce_source, ce_type, ce_time}, and where there is an actor {@code ce_subject}
     * ({@code kind/id}, or the id alone) and {@code ce_partitionkey} (the id). {@code ce_source} is {@code /database/table}.
     */
    public static void addTo(Headers headers, Activity activity) {
        headers.addString(SPECVERSION, "1.0");
        headers.addString(ID, activity.id());
        headers.addString(SOURCE, source(activity.source()));
        headers.addString(TYPE, activity.type());
        headers.addString(TIME, IsoInstant.of(activity.occurredAt()));
        Activity.Actor actor = activity.actor();
        if (actor != null) {
            headers.addString(SUBJECT, actor.kind() == null ? actor.id() : actor.kind() + "/" + actor.id());
            headers.addString(PARTITION_KEY, actor.id());
        }
    }

    /** The headers of {@code activity} alone: {@link #addTo}. */
    public static Headers headers(Activity activity) {
        Headers headers = new ConnectHeaders();
        addTo(headers, activity);
        return headers;
    }

    private static String source(Activity.Source source) {
        return "/" + segment(source.database()) + "/" + segment(source.table());
    }

    /** RFC 3986: what may not stand in a path segment is percent-encoded. */
    private static String segment(String text) {
        if (text == null) {
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                return encoded(text);
            }
        }
        return text;
    }

    private static boolean plain(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || UNRESERVED.indexOf(c) >= 0;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && plain((char) b)) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }
}
