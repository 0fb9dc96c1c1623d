/**
 * What tests, the drill and the bench start: programs as processes of their own (Temporal, an S3 server), and servers in this
 * process that stand in for those Flowmail depends on.
 */
@NullMarked
package dev.flowmail.servers;

import org.jspecify.annotations.NullMarked;
