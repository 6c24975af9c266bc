# One spelling for all targets: warnings, precompiled headers, test labels and
# time limits. Included once, from the root.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers need these; hash_dir off lets clones share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# A third of a score's time went into glibc's malloc; tcmalloc halves that. By its
# file name: it replaces malloc, nothing includes it. Sanitizers bring their own.
if(NOT JIXIAO_SANITIZE)
  find_library(TCMALLOC_LIBRARY NAMES libtcmalloc_minimal.so.4)
endif()

# Sources of a target are compiled in batches (CMAKE_UNITY_BUILD in the presets), a
# fifth of the work: most of it is reading headers. So no two sources of a target
# may have different things of one name, in unnamed namespaces either. Who edits one
# room for a while builds faster with -DCMAKE_UNITY_BUILD=OFF.

# Third-party headers that most files need are compiled once per kind of target
# (PrecompiledHeaders.cmake). Sources still include what they use.

# Warnings and the precompiled headers of the kind.
function(jixiao_compile name is_grpc is_test)
  target_compile_options(${name} PRIVATE ${JIXIAO_WARNINGS})
  if(is_test)
    target_precompile_headers(${name} REUSE_FROM jixiao_pch_test)
  elseif(is_grpc)
    target_precompile_headers(${name} REUSE_FROM jixiao_pch_grpc)
  else()
    target_precompile_headers(${name} REUSE_FROM jixiao_pch)
  endif()
endfunction()

# jixiao_library(name SOURCES … [LIBS public…] [PRIVATE_LIBS …] [GRPC | TEST] [OBJECT])
# GRPC, TEST: which precompiled headers fit. OBJECT: linked whole, for test suites
# that nothing calls.
function(jixiao_library name)
  cmake_parse_arguments(arg "GRPC;TEST;OBJECT" "" "SOURCES;LIBS;PRIVATE_LIBS" ${ARGN})
  if(arg_OBJECT)
    add_library(${name} OBJECT ${arg_SOURCES})
  else()
    add_library(${name} STATIC ${arg_SOURCES})
  endif()
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/services)
  target_link_libraries(${name} PUBLIC fmt::fmt ${arg_LIBS} PRIVATE ${arg_PRIVATE_LIBS})
  jixiao_compile(${name} "${arg_GRPC}" "${arg_TEST}")
endfunction()

# jixiao_binary(name SOURCES … LIBS … [GRPC])
function(jixiao_binary name)
  cmake_parse_arguments(arg "GRPC" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/services)
  target_link_libraries(${name} PRIVATE fmt::fmt ${arg_LIBS})
  jixiao_compile(${name} "${arg_GRPC}" FALSE)
  if(TCMALLOC_LIBRARY)
    target_link_libraries(${name} PRIVATE ${TCMALLOC_LIBRARY})
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# jixiao_test(name LABEL unit|integration|e2e SOURCES … LIBS … [TIMEOUT s] [SERIAL])
# Fixtures find the tree in $JIXIAO_SOURCE_DIR, the binaries in $JIXIAO_BIN_DIR.
function(jixiao_test name)
  cmake_parse_arguments(arg "SERIAL" "LABEL;TIMEOUT" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/services ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE fmt::fmt ${arg_LIBS} GTest::gmock_main)
  jixiao_compile(${name} FALSE TRUE)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} RUN_SERIAL "${arg_SERIAL}"
    ENVIRONMENT "JIXIAO_SOURCE_DIR=${CMAKE_SOURCE_DIR};JIXIAO_BIN_DIR=${CMAKE_BINARY_DIR}/bin")
endfunction()

# Everywhere, so that one set of precompiled headers fits all targets.
add_compile_options(-pthread)

set(JIXIAO_WARNINGS -Wall -Wextra -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # Taken for headers, where it is meant: sources are included by the file of their batch.
  list(APPEND JIXIAO_WARNINGS -Wno-subobject-linkage)
endif()
option(JIXIAO_WERROR "Warnings are errors" OFF)
if(JIXIAO_WERROR)
  list(APPEND JIXIAO_WARNINGS -Werror)
endif()

option(JIXIAO_FUZZ "Instrument for libFuzzer and build tests/fuzz; clang only" OFF)
if(JIXIAO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
set(JIXIAO_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined")
if(JIXIAO_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 warns falsely about std::regex and std::optional when it instruments them.
    list(APPEND JIXIAO_WARNINGS -Wno-maybe-uninitialized)
  endif()
  add_compile_options(-fsanitize=${JIXIAO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${JIXIAO_SANITIZE})
else()
  # Hardening as the security notes ask; the sanitizers bring their own checks.
  add_compile_options(-fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-ftrivial-auto-var-init=zero)  # clang 14 wants another option beside it
  endif()
  add_compile_definitions($<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2> _GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro,-z,now)
endif()
