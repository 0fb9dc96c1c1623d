/** What Flow's own Amazon S3 connector gives a flow. */
@NullMarked
package dev.flowmail.simulator.s3;

import org.jspecify.annotations.NullMarked;
