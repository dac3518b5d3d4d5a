package io.anju.platform.http;

import io.anju.platform.crypto.Vault;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Seals the place where a page of a list ended, so that clients neither read nor make cursors.
 *
 * <p>A cursor is bound to its list: one taken from another operation does not open.
 */
public final class Cursors {
    private static final int TAG_BYTES = 32;
    private static final String SEPARATOR = "\u001f";

    private final Vault vault;

    public Cursors(Vault vault) {
        this.vault = vault;
    }

    /** Gives a cursor for the list {@code list} (usually the operation's id) that holds {@code values}. */
    public String seal(String list, Object... values) {
        var text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : SEPARATOR).append(values[i]);
        }
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(vault.mac(purpose(list), content), TAG_BYTES + content.length);
        System.arraycopy(content, 0, sealed, TAG_BYTES, content.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Gives the {@code count} values of a cursor of this list; refuses anything else as {@code invalid-request}. */
    public List<String> open(String list, int count, String cursor) {
        byte[] sealed = decode(cursor);
        if (sealed.length < TAG_BYTES) {
            throw refusal();
        }
        byte[] content = Arrays.copyOfRange(sealed, TAG_BYTES, sealed.length);
        if (!vault.verifyMac(purpose(list), content, Arrays.copyOf(sealed, TAG_BYTES))) {
            throw refusal();
        }
        var values = List.of(new String(content, StandardCharsets.UTF_8).split(SEPARATOR, -1));
        if (values.size() != count) {
            throw refusal();
        }
        return values;
    }

    /**
     * The page that begins at the first item found.
     *
     * @param found one item more than the limit where the list goes on
     * @param place of an item in the order of the list, which is all that the next page needs to know
     */
    public <T> Page<T> page(String list, List<T> found, int limit, Function<? super T, ?> place) {
        return pageBy(list, found, limit, last -> List.of(place.apply(last)));
    }

    /** As {@link #page}, of a list whose order needs several values. */
    public <T> Page<T> pageBy(String list, List<T> found, int limit, Function<? super T, List<?>> place) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, limit);
        return new Page<>(shown, seal(list, place.apply(shown.get(limit - 1)).toArray()));
    }

    /** The place that a cursor of one id holds; null on the first page. */
    public @Nullable UUID uuid(String list, @Nullable String cursor) {
        return cursor == null ? null : UUID.fromString(open(list, 1, cursor).get(0));
    }

    /** The place that a cursor of one number holds; null on the first page. */
    public @Nullable Long number(String list, @Nullable String cursor) {
        return cursor == null ? null : Long.valueOf(open(list, 1, cursor).get(0));
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static String purpose(String list) {
        return "cursor:" + list;
    }

    private static Refusal refusal() {
        return Refusal.of(
                PlatformProblem.INVALID_REQUEST, List.of(Finding.of("/query/cursor", FormProblem.BAD_CURSOR)));
    }
}
