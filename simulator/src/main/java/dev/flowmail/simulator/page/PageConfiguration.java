package dev.flowmail.simulator.page;

import dev.flowmail.simulator.SimulatorProperties;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Puts the page's parts together. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    TemporalUi temporalUi(SimulatorProperties properties) {
        return new TemporalUi(properties.temporalUi());
    }

    @Bean
    Live live(SimulatorProperties properties, FlowEngine engine, Inbox inbox) {
        Live live = new Live(
                () -> PageState.of(properties.flowmail(), properties.temporalUi(), engine.flows(), inbox.mails()));
        engine.onChange(live::announce);
        inbox.onChange(live::announce);
        return live;
    }

    /** Before the web server stops, which waits for every request. */
    @Bean
    ApplicationListener<ContextClosedEvent> endOfStreams(Live live) {
        return closed -> live.close();
    }
}
