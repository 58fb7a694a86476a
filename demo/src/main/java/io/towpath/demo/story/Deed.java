package io.towpath.demo.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One change that a rule names: as the workload's ledger tells it, or as a station shows it.
 *
 * @param changeId the number that the workload wrote into the changed row or message; no two changes share one
 * @param type the activity's type
 * @param actor the customer's pseudonym
 * @param object what the customer did it to
 * @param data what the activity carries of the row or message and of its circumstances, in one spelling
 */
record Deed(long changeId, String type, String actor, String object, String data) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final List<String> CIRCUMSTANCES = List.of("request", "ip");

    /** Set by the shop's database, so that the workload cannot tell it beforehand. */
    private static final String PLACED_AT = "placed_at";

    /** A deed that says nothing of its circumstances. */
    static Deed of(String type, String actor, String object, String data) {
        return of(type, actor, object, data, "{}");
    }

    /**
     * The deed.
     *
     * @param data a JSON object with a {@code change_id}; whatever else it is becomes a deed that no ledger holds
     * @param context a JSON object; its request and address count
     */
    static Deed of(String type, String actor, String object, String data, String context) {
        Map<String, String> fields = new TreeMap<>();
        try {
            JSON.readTree(data).properties().forEach(field -> fields.put(field.getKey(), spelled(field.getValue())));
            JSON.readTree(context).properties().stream()
                    .filter(field -> CIRCUMSTANCES.contains(field.getKey()))
                    .forEach(field -> fields.put("context " + field.getKey(), spelled(field.getValue())));
        } catch (JsonProcessingException notJson) {
            fields.put("not JSON", "");
        }
        fields.remove(PLACED_AT);
        String changeId = fields.getOrDefault("change_id", "");
        long number = changeId.matches("\\d{1,18}") ? Long.parseLong(changeId) : -1;
        return new Deed(number, type, actor, object, fields.toString());
    }

    /** 5.10 and 5.1 are one number. */
    private static String spelled(JsonNode value) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        return value.isBigDecimal() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText();
    }

    /** Names the change without telling who did it, or with what. */
    @Override
    public String toString() {
        return changeId < 0 ? type : type + " #" + changeId;
    }
}
