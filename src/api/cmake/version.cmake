# TRUCE_VERSION, X.Y.Z of the latest tag vX.Y.Z that this tree comes from, or `fallback` where there is none; and
# TRUCE_PACKAGE_VERSION, which behind a tag counts commits as well: X.Y.Z+N.gREVISION.
function(truce_version fallback)
  set(version ${fallback})
  set(package_version ${fallback})
  execute_process(COMMAND git -C ${CMAKE_CURRENT_SOURCE_DIR} describe --tags --long --match "v[0-9]*.[0-9]*.[0-9]*"
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed AND described MATCHES "^v([0-9]+\\.[0-9]+\\.[0-9]+)-([0-9]+)-(g[0-9a-f]+)$")
    set(version ${CMAKE_MATCH_1})
    set(package_version ${CMAKE_MATCH_1})
    if(NOT CMAKE_MATCH_2 EQUAL 0)
      string(APPEND package_version "+${CMAKE_MATCH_2}.${CMAKE_MATCH_3}")
    endif()
  endif()
  set(TRUCE_VERSION ${version} PARENT_SCOPE)
  set(TRUCE_PACKAGE_VERSION ${package_version} PARENT_SCOPE)
endfunction()
