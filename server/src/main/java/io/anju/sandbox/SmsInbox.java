package io.anju.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The phones that the short-message gateway sends to. Thread-safe; bounded, the oldest messages are forgotten. */
final class SmsInbox {
    private static final int REMEMBERED = 10_000;

    private final Deque<Message> messages = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();

    /** A message as a phone shows it, newest first in lists. */
    record Message(
            String id,
            String phone,
            String template,
            String language,
            Map<String, String> parameters,
            Instant sentAt) {}

    /** Takes a message; one that comes again with the same id is the same message. */
    synchronized void take(Message message) {
        if (!ids.add(message.id())) {
            return;
        }
        messages.addFirst(message);
        if (messages.size() > REMEMBERED) {
            ids.remove(messages.removeLast().id());
        }
    }

    /** The messages to a phone, or to all of them. */
    synchronized List<Message> list(@Nullable String phone) {
        return messages.stream()
                .filter(message -> phone == null || phone.equals(message.phone()))
                .limit(100)
                .toList();
    }
}
