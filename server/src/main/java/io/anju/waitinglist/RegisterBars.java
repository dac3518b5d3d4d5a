package io.anju.waitinglist;

import io.anju.application.Bars;
import io.anju.platform.db.Sql;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The bars that households left a list with, for whoever takes new applications. */
public final class RegisterBars implements Bars {
    private final BarStore store = new BarStore();

    @Override
    public Future<Map<Buffer, LocalDate>> of(
            Sql sql, String cityCode, String programme, List<Buffer> persons, LocalDate today) {
        return store.barred(sql, new ListKey(cityCode, programme), persons, today);
    }
}
