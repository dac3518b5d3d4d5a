package io.anju.arrears;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;

/** What others are told of arrears. The subject of each event is the lease; whose of its tenants it is about stands within. */
final class ArrearsEvents {
    private ArrearsEvents() {}

    /** @param tenantFrom the first day of the tenant whose arrears they are */
    static JsonObject about(LocalDate tenantFrom) {
        return new JsonObject().put("tenantFrom", tenantFrom.toString());
    }
}
