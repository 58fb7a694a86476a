package io.towpath.migration.plan.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.migration.plan.Capacity;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Plan;
import io.towpath.migration.plan.Topic;
import java.util.Collection;
import java.util.Locale;

/** A plan as one JSON object, for jobs and for review. */
public final class PlanJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PlanJson() {}

    /** {@code bytesPerSecond}: the throttle; null for none. */
    public static String of(Plan plan, Double bytesPerSecond) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        root.put("migration", plan.name());
        ArrayNode topics = root.putArray("topics");
        plan.topics().forEach(topic -> topic(topics.addObject(), topic));
        ArrayNode changes = root.putArray("changes");
        plan.changes().forEach(change -> change(changes.addObject(), change));
        texts(root.putArray("remarks"), plan.remarks());
        ArrayNode movers = root.putArray("whoMustMove");
        plan.movers()
                .forEach(mover -> movers.addObject()
                        .put("kind", mover.kind())
                        .put("name", mover.name())
                        .put("about", mover.about())
                        .putNull("owner"));
        texts(root.putArray("secretsToIssueAnew"), plan.reissue());
        texts(root.putArray("notAsked"), plan.notAsked());
        capacity(root.putObject("capacity"), plan.capacity(), bytesPerSecond);
        return JSON.writeValueAsString(root);
    }

    private static void topic(ObjectNode node, Topic topic) {
        node.put("name", topic.name()).put("partitions", topic.partitions()).put("replication", topic.replication());
        node.set("configs", JSON.valueToTree(topic.configs()));
    }

    private static void change(ObjectNode node, Change change) {
        node.put("kind", change.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .put("subject", change.subject())
                .put("text", change.describe());
    }

    private static void capacity(ObjectNode node, Capacity capacity, Double bytesPerSecond) {
        node.put("bytes", capacity.totalBytes());
        if (bytesPerSecond != null) {
            capacity.timeToCopy(bytesPerSecond).ifPresent(time -> node.put("secondsToCopy", time.toSeconds()));
        }
        ArrayNode topics = node.putArray("topics");
        for (Capacity.OfTopic topic : capacity.topics()) {
            ObjectNode one = topics.addObject()
                    .put("name", topic.topic())
                    .put("bytes", topic.bytes())
                    .put("recordsPerSecond", topic.perSecond());
            texts(one.putArray("hotPartitions"), topic.hot());
        }
    }

    private static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }
}
