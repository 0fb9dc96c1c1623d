package dev.flowmail.activities.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects for Flow. */
public record ObjectDataResponse(
        @Nullable Culture culture,
        List<MObject> objectData,
        boolean hasMoreResults,
        @Nullable String offsetToken) {

    public ObjectDataResponse {
        objectData = Values.present(objectData);
    }

    /** All there are. */
    public static ObjectDataResponse of(List<MObject> objects) {
        return new ObjectDataResponse(null, objects, false, null);
    }
}
