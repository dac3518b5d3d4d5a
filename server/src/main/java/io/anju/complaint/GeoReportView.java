package io.anju.complaint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.complaint.ServiceStore.Shown;
import io.anju.platform.http.Language;
import io.anju.platform.time.Shanghai;
import io.anju.policy.City;
import io.anju.policy.ComplaintDesk.Category;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Services and requests as GeoReport v2 names what they have; what it knows and nobody may see is null. */
final class GeoReportView {
    private static final String SPECIFICATION = "https://wiki.open311.org/GeoReport_v2";
    private static final String CHANGED = "2026-11-01T00:00:00+08:00";
    private static final DateTimeFormatter W3C = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Supplier<String> publicUrl;

    GeoReportView(Supplier<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    JsonNode discovery() {
        var url = publicUrl.get();
        var document = NODES.objectNode()
                .put("changeset", CHANGED)
                .put("contact", url + "/docs")
                .put("key_service", url + "/docs");
        var endpoint = document.putArray("endpoints")
                .addObject()
                .put("specification", SPECIFICATION)
                .put("url", url + "/open311/v2")
                .put("changeset", CHANGED)
                .put("type", "production");
        endpoint.putArray("formats").add("text/xml").add("application/json");
        return document;
    }

    JsonNode services(List<Category> services, Language language) {
        var list = NODES.arrayNode();
        for (var service : services) {
            var name = service.name().in(language.tag());
            list.addObject()
                    .put("service_code", service.id())
                    .put("service_name", name)
                    .put("description", name)
                    .put("metadata", false)
                    .put("type", "realtime")
                    .put("keywords", service.name().zh() + "," + service.name().en())
                    .putNull("group");
        }
        return list;
    }

    JsonNode definition(Category service) {
        var definition = NODES.objectNode().put("service_code", service.id());
        definition.putArray("attributes");
        return definition;
    }

    JsonNode requests(City city, List<Shown> requests, Language language) {
        var list = NODES.arrayNode();
        for (var request : requests) {
            list.add(request(city, request, language.tag()));
        }
        return list;
    }

    private static JsonNode request(City city, Shown request, String language) {
        var area =
                city.areaName(request.office().areaCode()).orElseGet(city::name).in(language);
        var desk = city.complaints();
        var service = desk == null ? null : desk.category(request.category()).orElse(null);
        return NODES.objectNode()
                .put("service_request_id", request.number())
                .put("status", request.state().isOpen() ? "open" : "closed")
                .put("status_notes", request.state().id())
                .put(
                        "service_name",
                        service == null ? request.category() : service.name().in(language))
                .put("service_code", request.category())
                .putNull("description")
                .put("agency_responsible", area)
                .putNull("service_notice")
                .put("requested_datetime", day(request.filedOn()))
                .put("updated_datetime", day(Shanghai.date(request.updatedAt())))
                .put("expected_datetime", day(request.dueOn()))
                .put("address", area)
                .put("address_id", request.office().areaCode())
                .putNull("zipcode")
                .putNull("lat")
                .putNull("long")
                .putNull("media_url");
    }

    /** The first instant of a day: hours would tell who was online. */
    private static @Nullable String day(@Nullable LocalDate day) {
        return day == null ? null : W3C.format(day.atStartOfDay(Shanghai.ZONE).toOffsetDateTime());
    }

    JsonNode filed(String number) {
        var list = NODES.arrayNode();
        list.addObject()
                .put("service_request_id", number)
                .putNull("service_notice")
                .putNull("account_id");
        return list;
    }

    JsonNode token(Shown request) {
        var list = NODES.arrayNode();
        list.addObject().put("service_request_id", request.number()).put("token", request.number());
        return list;
    }
}
