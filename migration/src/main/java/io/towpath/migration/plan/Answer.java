package io.towpath.migration.plan;

import java.util.function.Function;

/**
 * What a cluster said, or why it could not be asked. The client negotiates API versions with each broker before it
 * sends anything (KIP-35): a request that a broker lacks is never guessed by the broker's version.
 *
 * @param value empty where the cluster could not be asked
 * @param lacking null, or why
 * @param forbidden whether the cluster knows, and does not tell us
 */
public record Answer<T>(T value, String lacking, boolean forbidden) {

    public static <T> Answer<T> of(T value) {
        return new Answer<>(value, null, false);
    }

    public static <T> Answer<T> lacking(T empty, String why) {
        return new Answer<>(empty, why, false);
    }

    public static <T> Answer<T> forbidden(T empty, String why) {
        return new Answer<>(empty, why, true);
    }

    public boolean known() {
        return lacking == null;
    }

    public <U> Answer<U> map(Function<T, U> change) {
        return new Answer<>(change.apply(value), lacking, forbidden);
    }
}
