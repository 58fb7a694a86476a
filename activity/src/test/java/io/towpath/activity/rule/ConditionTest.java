package io.towpath.activity.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Change;
import io.towpath.activity.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    /** An update of status from open to paid; note is NULL, none is not there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status = 'paid'                                        | true
            status = 'open'                                        | false
            before.status = 'open' and after.status = 'paid'       | true
            status in ('open', 'paid')                             | true
            status in ('open')                                     | false
            total = '12.50'                                        | true
            active = 'true'                                        | true
            name = 'O''Hara'                                       | true
            exists(status)                                         | true
            exists(note)                                           | false
            exists(none)                                           | false
            note = ''                                              | false
            changed(status)                                        | true
            changed(total)                                         | false
            changed(none)                                          | false
            not changed(total)                                     | true
            not not changed(total)                                 | false
            exists(note) or exists(status) and exists(total)       | true
            (exists(note) or exists(status)) and exists(none)      | false
            not exists(note) and status='paid'                     | true
            not (exists(note) and status='paid')                   | true
            address.city = 'Ghent'                                 | true
            address.city.x = 'Ghent'                               | false
            """)
    void holds(String text, boolean expected) throws Mistake {
        assertThat(ConditionParser.parse(text).holds(Images.of(update()))).isEqualTo(expected);
    }

    private static Change update() {
        Map<String, Object> before = new HashMap<>(Map.of(
                "status",
                "open",
                "total",
                new java.math.BigDecimal("12.50"),
                "active",
                true,
                "name",
                "O'Hara",
                "address",
                Map.of("city", "Ghent")));
        before.put("note", null);
        Map<String, Object> after = new HashMap<>(before);
        after.put("status", "paid");
        Change.Origin origin = new Change.Origin("1", "shop", "2", "3", 1);
        return new Change(
                Change.Kind.UPDATE, "public.t", null, null, Row.of(before), Row.of(after), null, Instant.EPOCH, origin);
    }
}
