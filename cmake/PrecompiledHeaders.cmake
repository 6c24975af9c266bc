# Precompiled headers: three kinds, reused by every target.
foreach(kind "" _grpc _test)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch${kind}.cc CONTENT "")  # written only if it is new
  add_library(jixiao_pch${kind} STATIC ${CMAKE_BINARY_DIR}/pch${kind}.cc)
  target_compile_options(jixiao_pch${kind} PRIVATE ${JIXIAO_WARNINGS})
  target_link_libraries(jixiao_pch${kind} PRIVATE fmt::fmt absl::statusor absl::time protobuf::libprotobuf)
endforeach()
target_link_libraries(jixiao_pch_grpc PRIVATE gRPC::grpc++)
target_link_libraries(jixiao_pch_test PRIVATE GTest::gmock)
target_compile_options(jixiao_pch_test PRIVATE -pthread)
set(basics <algorithm> <map> <memory> <optional> <string> <string_view> <vector>
  <absl/status/statusor.h> <absl/time/time.h> <fmt/format.h> <google/protobuf/message.h>)
target_precompile_headers(jixiao_pch PRIVATE ${basics})
target_precompile_headers(jixiao_pch_grpc PRIVATE ${basics} <grpcpp/grpcpp.h>)
target_precompile_headers(jixiao_pch_test PRIVATE ${basics} <gmock/gmock.h> <gtest/gtest.h>)
