package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.config.TopicSelection;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofOptionsTest {

    private static final TopicSelection WISH = new TopicSelection(List.of("/shop\\..+/"));

    @Test
    void aTopicThatTheTargetAloneHasIsLookedAtToo() {
        Collection<String> present = ProofOptions.eitherOf(List.of("shop.a", "x"), List.of("shop.a", "shop.foreign"));
        assertThat(WISH.resolve(present)).containsExactly("shop.a", "shop.foreign");
    }

    @Test
    void whatAppearedAfterThePlanIsSaidToBeUnlookedAt() {
        assertThat(ProofOptions.unplanned(WISH, List.of("shop.a"), List.of("shop.a", "shop.b", "x")))
                .containsExactly("shop.b");
    }
}
