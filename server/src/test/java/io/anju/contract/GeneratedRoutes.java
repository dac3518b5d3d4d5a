package io.anju.contract;

import io.anju.api.Operations;
import io.anju.platform.http.Route;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every generated route, without what stands behind it: each domain is an empty stand-in for its interface. */
final class GeneratedRoutes {
    private GeneratedRoutes() {}

    static List<Route> all() {
        try {
            var domains = Operations.class.getRecordComponents();
            return ((Operations) Operations.class
                            .getDeclaredConstructor(Arrays.stream(domains)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new))
                            .newInstance(Arrays.stream(domains)
                                    .map(GeneratedRoutes::standIn)
                                    .toArray()))
                    .routes();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The interfaces that the domains implement. */
    static Stream<Class<?>> interfaces() {
        return Arrays.stream(Operations.class.getRecordComponents()).map(RecordComponent::getType);
    }

    private static Object standIn(RecordComponent domain) {
        return Proxy.newProxyInstance(
                domain.getType().getClassLoader(), new Class<?>[] {domain.getType()}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    throw new Called(method.getName());
                });
    }

    /** An operation was called. */
    static final class Called extends RuntimeException {
        private static final long serialVersionUID = 1;

        Called(String operation) {
            super(operation);
        }
    }
}
