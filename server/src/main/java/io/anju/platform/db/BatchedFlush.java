package io.anju.platform.db;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Sends the statements that one turn of an event loop gives to a connection in one piece.
 *
 * <p>The driver hands each statement to the operating system alone. Of requests that arrive together, and of statements
 * that a transaction sends one after the other without waiting, each would cost a system call here and a wake-up in
 * PostgreSQL. Nothing waits longer: what was handed over is sent when the loop has looked at all that was ready.
 */
final class BatchedFlush {
    /** More than a connection may have under way. */
    private static final int FLUSHES = 256;

    private BatchedFlush() {}

    /** To be called once for each new connection of a pool. */
    static void install(SqlConnection connection) {
        var socket = ((SocketConnectionBase) innermost(((SqlConnectionInternal) connection).unwrap())).socket();
        socket.channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(FLUSHES, true));
        // the pool hands a new connection out when its handler gives it back
        connection.close();
    }

    private static Connection innermost(Connection connection) {
        var inner = connection.unwrap();
        return inner == connection ? inner : innermost(inner);
    }
}
