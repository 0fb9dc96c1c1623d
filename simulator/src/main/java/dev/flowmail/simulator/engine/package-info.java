/** A stand-in Flow engine: sends requests to Flowmail, takes its late answers, and knows where each flow stands. */
@NullMarked
package dev.flowmail.simulator.engine;

import org.jspecify.annotations.NullMarked;
