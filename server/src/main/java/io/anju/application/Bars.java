package io.anju.application;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Who may not apply for some time. The domain that bars people fills this, so that this one need not know it. */
@FunctionalInterface
public interface Bars {
    /**
     * The last day of the bar for each of these persons who may not apply on a day.
     *
     * @param persons by their fingerprints
     */
    Future<Map<Buffer, LocalDate>> of(
            Sql sql, String cityCode, String programme, List<Buffer> persons, LocalDate today);
}
