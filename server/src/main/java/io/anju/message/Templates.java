package io.anju.message;

import io.anju.platform.config.Settings.MessageTemplate;
import io.anju.platform.config.Settings.WeChatMessages;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The templates that this deployment has at WeChat; none where nobody named any. */
final class Templates {
    private final Map<MessageKind, MessageTemplate> byKind = new EnumMap<>(MessageKind.class);

    Templates(WeChatMessages settings) {
        add(MessageKind.RENT_DUE, settings.rentDue());
        add(MessageKind.ARREARS, settings.arrears());
        add(MessageKind.PAYMENT, settings.payment());
    }

    private void add(MessageKind kind, @Nullable MessageTemplate template) {
        if (template != null) {
            byKind.put(kind, template);
        }
    }

    Map<MessageKind, MessageTemplate> all() {
        return byKind;
    }

    Optional<MessageTemplate> of(MessageKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    boolean has(String templateId) {
        return byKind.values().stream().anyMatch(template -> template.id().equals(templateId));
    }
}
