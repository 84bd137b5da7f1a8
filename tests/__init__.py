"""The tests: they mirror the parts; journeys/ tells whole stories, house/ minds the code itself."""
