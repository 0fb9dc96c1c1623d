package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.FlowEngine;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** The engine's web server without the demo's page. */
@EnableAutoConfiguration
@ComponentScan(basePackageClasses = FlowEngine.class)
final class EngineOnly {}
